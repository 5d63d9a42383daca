"""The codebook that ``hrcode codebook new`` begins with."""

TEMPLATE = """\
# A codebook for hrcode. What you can write here: docs/codebook.md
# Check it:      hrcode codebook validate {file}
# Run examples:  hrcode codebook test {file}
# Use it:        hrcode code transcripts/ --codebook {file}

codebook: {id}              # copied into every coding
version: "0.1"              # raise it when codings change
title: What this codebook is about
language: en

sources:                    # where definitions come from
  mine:
    citation: Your study (year). Or the book that the definition is from.

sets:                       # words that many indicators share, used as {{they}}
  they: [he, she, they, client, person, people]

categories:
  - id: autonomy
    label: Autonomy
    definition: Decisions belong to the person whose life it is.
    subcategories:
      - id: client_decides
        label: The client decides
        brief: The decision is the client's.
        definition: The speaker leaves a decision to the client, or says that it is theirs.
        use_when: It is said who decides.
        not_when: Steps are planned together; nobody's decision is talked of.
        stance: applies     # departs (at odds with the category), qualified, difficulty, neutral
        origin: theory      # data, prior_study
        source: mine
        indicators:
          # Words in dictionary form match any form: decides, decided, deciding.
          - "{{they}} decide"
          # (a|b) alternatives, ... a gap of up to four words
          - "(his|her|their) ... (decision|choice)"
          # Fires only where it is negated: "nobody forces them".
          - phrase: (force|push) (him|her|them)
            negated: require
        examples:           # run as tests
          match:
            - In the end they decide.
            - That is his own decision.
            - Nobody pushes her into it.
          no_match:
            - They never decide anything.
            - We push them a bit.
"""

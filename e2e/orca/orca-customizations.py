"""Has Orca write what it says into the file SPOKEN, a line for each utterance, instead of speaking it."""

import os

from orca import speech

spoken = open(os.environ["SPOKEN"], "a", buffering=1)


def write(text, *_):
    spoken.write(text.replace("\n", " ") + "\n")


speech._speak = write
speech.speakCharacter = write

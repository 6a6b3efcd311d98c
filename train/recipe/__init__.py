"""The recipe that turns treebanks into Dateline's English model file."""

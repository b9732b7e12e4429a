"""What both faces show: the words, numbers and choices of the terminal and of the page, as values and text.

A face asks here and prints or draws what it gets, so that both say the same. Nothing in this room prints, knows a
terminal or a page, or reads a key; a warning goes to the logger "voicerehearsal", which each face shows in its way.
Like everything that a fast command loads, its modules import what is heavy inside the functions.
"""

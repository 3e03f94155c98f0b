"""WTForms definitions, one file a surface, and the plain words of every enum."""

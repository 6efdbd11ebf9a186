"""Working together on an assessment: who has which section, what is discussed, what was before."""

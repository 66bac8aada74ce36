package dev.interdict.report;

/// How sure a match is: strong evidence may remove, weak evidence only notifies, and what is left
/// behind is no installation at all.
public enum EvidenceStrength {
  STRONG,
  WEAK,
  RESIDUE
}

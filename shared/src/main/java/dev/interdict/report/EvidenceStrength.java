package dev.interdict.report;

/// How sure a match is: strong evidence may remove, weak evidence only notifies.
public enum EvidenceStrength {
  STRONG,
  WEAK
}

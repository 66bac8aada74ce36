package dev.interdict.policy;

/// How a company classifies a tool.
public enum Risk {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}

package dev.interdict.server.ocsf;

/// The classes of the schema that are written, by their numbers.
enum OcsfClass {
  COMPLIANCE_FINDING(2, 2003),
  ENTITY_MANAGEMENT(3, 3004),
  SOFTWARE_INVENTORY(5, 5020),
  APPLICATION_LIFECYCLE(6, 6002),
  REMEDIATION_ACTIVITY(7, 7001);

  private final int category;
  private final int uid;

  OcsfClass(int category, int uid) {
    this.category = category;
    this.uid = uid;
  }

  int category() {
    return category;
  }

  int uid() {
    return uid;
  }
}

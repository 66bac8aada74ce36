package dev.interdict.report;

/// Something a scan did not see.
///
/// @param source the inventory source, such as `npm`
/// @param problem why
public record ReportedGap(String source, Problem problem) {
  public ReportedGap {
    source = BoundedText.of(source, 60);
  }
}

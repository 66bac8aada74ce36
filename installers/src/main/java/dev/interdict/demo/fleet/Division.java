package dev.interdict.demo.fleet;

import java.util.List;

/// A part of the company that enrols with a token of its own.
///
/// @param department slash-separated path
/// @param share its part of the company in percent; all shares add up to 100
/// @param adoption how many of its devices have the banned tool, in percent
/// @param linux how many run Linux, in percent
/// @param macos how many run macOS, in percent; the others run Windows
public record Division(
    String department, String ring, int share, int adoption, int linux, int macos) {

  /// The company of the demo.
  public static final List<Division> COMPANY =
      List.of(
          new Division("R&D/Platform", "pilot", 4, 34, 45, 45),
          new Division("R&D/Platform", "broad", 18, 27, 40, 45),
          new Division("R&D/Apps", "broad", 21, 22, 20, 50),
          new Division("Data and AI", "early", 12, 31, 55, 30),
          new Division("Cloud operations", "early", 10, 15, 60, 20),
          new Division("Design", "broad", 8, 9, 0, 80),
          new Division("Sales and service", "broad", 19, 2, 0, 15),
          new Division("Finance and legal", "broad", 8, 1, 0, 10));

  /// What its devices are called by: a place, letters of the department, a number.
  String hostName(String place, int index) {
    var letters = department.replaceAll("[^A-Z]", "").toLowerCase(java.util.Locale.ROOT);
    return "%s-%s-%05d".formatted(place, letters, index);
  }
}

package dev.interdict.server.fleet;

import java.util.List;

/// Where a device belongs in the company; set by the enrolment token it used, never by the device.
///
/// @param department slash-separated path, such as `R&D/platform`
/// @param ring the deployment ring
public record Placement(String department, String ring, List<String> tags) {
  private static final int LONGEST = 120;

  public Placement {
    tags = List.copyOf(tags);
    if (department.isBlank() || ring.isBlank()) {
      throw new IllegalArgumentException("a department and a ring are not empty");
    }
    for (var text : List.of(department, ring, String.join("", tags))) {
      if (text.length() > LONGEST || text.indexOf('\n') >= 0) {
        throw new IllegalArgumentException(
            "department, ring and tags are one line of at most " + LONGEST + " characters");
      }
    }
    if (tags.stream().anyMatch(tag -> tag.isBlank() || tag.indexOf(',') >= 0)) {
      throw new IllegalArgumentException("a tag is not empty and holds no comma");
    }
  }

  String tagsText() {
    return String.join(",", tags);
  }

  static List<String> tags(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }
}

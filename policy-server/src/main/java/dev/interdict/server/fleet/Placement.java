package dev.interdict.server.fleet;

import dev.interdict.identity.Printable;
import dev.interdict.report.Groups;
import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.util.List;
import java.util.SortedSet;

/// Where a device belongs in the company; set by the enrolment token it used, never by the device.
///
/// @param department slash-separated path, such as `R&D/platform`
/// @param ring the deployment ring
/// @param groups that rules may be limited to; the device is told them once, when it enrols
public record Placement(
    String department, String ring, List<String> tags, SortedSet<String> groups) {
  private static final int LONGEST = 120;

  /// How many tags there are at most: together they are one short line.
  public static final int MOST_TAGS = LONGEST;

  /// A place outside all groups.
  public Placement(String department, String ring, List<String> tags) {
    this(department, ring, tags, Groups.of(List.of()));
  }

  public Placement {
    groups = Groups.of(groups);
    tags = List.copyOf(tags);
    if (department.isBlank() || ring.isBlank()) {
      throw new IllegalArgumentException("a department and a ring are not empty");
    }
    for (var text : List.of(department, ring, String.join("", tags))) {
      if (text.length() > LONGEST || !Printable.of(text).equals(text)) {
        throw new SentenceException(
            Sentence.of(
                "placement.line",
                "department, ring and tags are one line of at most %s visible characters",
                LONGEST));
      }
    }
    if (tags.stream().anyMatch(tag -> tag.isBlank() || tag.indexOf(',') >= 0)) {
      throw new IllegalArgumentException("a tag is not empty and holds no comma");
    }
  }

  String tagsText() {
    return String.join(",", tags);
  }

  String groupsText() {
    return String.join(",", groups);
  }

  static SortedSet<String> groups(String text) {
    return Groups.of(text.isEmpty() ? List.of() : List.of(text.split(",")));
  }

  static List<String> tags(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }
}

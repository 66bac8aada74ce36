package dev.interdict.policy;

import dev.interdict.json.Fields;
import java.time.LocalDate;
import java.util.List;

/// Why a tool has its risk class, and who says so.
///
/// @param evidence links that reviewers relied on; shown to people, never fetched
public record Assessment(
    String summary, List<String> evidence, List<String> reviewers, LocalDate date) {
  public Assessment {
    evidence = List.copyOf(evidence);
    reviewers = List.copyOf(reviewers);
  }

  static Assessment read(Fields fields) {
    var assessment =
        new Assessment(
            fields.text("summary"),
            fields.texts("evidence"),
            fields.texts("reviewers"),
            fields.parsed("date", Dates::date, LocalDate.EPOCH));
    fields.end();
    return assessment;
  }
}

package dev.interdict.server.risk;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.policy.Dates;
import dev.interdict.policy.Risk;
import java.time.LocalDate;
import java.util.List;

/// What the company thinks of a product, or of everything of a family.
///
/// @param id of the product as its rule has it (`claude-code`), or of the family as rules name it
///   (`anthropic`)
/// @param name as people call it
/// @param summary of the assessment, for reviewers
/// @param evidence links
/// @param reviewers who judged it
/// @param review the day by which it is to be judged again
public record Entry(
    String id,
    String name,
    Risk risk,
    String summary,
    List<String> evidence,
    List<String> reviewers,
    LocalDate review) {
  private static final int MOST_SUMMARY = 4000;

  /// How many links, and how many reviewers, an entry names at most.
  public static final int MOST_NAMED = 50;

  public Entry {
    evidence = List.copyOf(evidence);
    reviewers = List.copyOf(reviewers);
  }

  /// Reads an entry as people write it; of no use while there are faults.
  public static Entry read(Json json, List<Fault> faults) {
    var fields = Fields.of(json, faults);
    var entry =
        new Entry(
            fields.parsed("id", Entry::id, ""),
            fields.text("name"),
            fields.choice("risk", Risk.class),
            fields.text("summary"),
            fields.texts("evidence"),
            fields.texts("reviewers"),
            fields.parsed("review", Dates::date, LocalDate.MIN));
    fields.end();
    if (entry.summary.length() > MOST_SUMMARY) {
      fields.fault("summary", "has more than " + MOST_SUMMARY + " characters");
    }
    if (entry.reviewers.isEmpty()) {
      fields.fault("reviewers", "names nobody; write who judged it");
    }
    if (entry.reviewers.size() > MOST_NAMED) {
      fields.fault("reviewers", "names more than " + MOST_NAMED);
    }
    if (entry.evidence.size() > MOST_NAMED
        || entry.evidence.stream().anyMatch(link -> !link.startsWith("https://"))) {
      fields.fault("evidence", "lists up to " + MOST_NAMED + " links that begin with https://");
    }
    return entry;
  }

  private static String id(String text) {
    return new dev.interdict.policy.RuleId(text).value();
  }

  /// As [#read] reads it.
  public Json.Obj json() {
    return Json.object()
        .put("id", id)
        .put("name", name)
        .put("risk", Fields.written(risk))
        .put("summary", summary)
        .put("evidence", Json.texts(evidence))
        .put("reviewers", Json.texts(reviewers))
        .put("review", review.toString())
        .build();
  }
}

package dev.interdict.server.risk;

import dev.interdict.identity.Printable;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.policy.Dates;
import dev.interdict.policy.Risk;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the company thinks of a product, or of everything of a family.
///
/// @param id of the product as its rule has it (`claude-code`), or of the family as rules name it
///   (`anthropic`)
/// @param name as people call it
/// @param summary of the assessment, for reviewers
/// @param evidence links
/// @param reviewers who judged it
/// @param review the day by which it is to be judged again
/// @param owner the person or the team that answers for the rules that stand on it; null where
///   nobody is named
/// @param contact how that owner is reached; null where it is not said, and where there is none
public record Entry(
    String id,
    String name,
    Risk risk,
    String summary,
    List<String> evidence,
    List<String> reviewers,
    LocalDate review,
    @Nullable String owner,
    @Nullable String contact) {
  private static final int MOST_SUMMARY = 4000;

  /// Longest name of an owner, and longest contact, in characters.
  public static final int MOST_OWNER = 200;

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
            fields.parsed("review", Dates::date, LocalDate.MIN),
            fields.optionalText("owner"),
            fields.optionalText("contact"));
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
    for (var name : List.of("owner", "contact")) {
      line(fields, name, name.equals("owner") ? entry.owner : entry.contact);
    }
    if (entry.owner == null && entry.contact != null) {
      fields.fault("contact", "is of nobody; name the owner as well");
    }
    return entry;
  }

  private static void line(Fields fields, String name, @Nullable String text) {
    if (text == null) {
      return;
    }
    if (text.length() > MOST_OWNER) {
      fields.fault(name, "has more than " + MOST_OWNER + " characters");
    }
    if (!Printable.of(text).equals(text)) {
      fields.fault(name, "has line breaks or invisible characters; write one line");
    }
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
        .put("owner", owner)
        .put("contact", contact)
        .build();
  }
}

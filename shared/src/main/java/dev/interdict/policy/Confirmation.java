package dev.interdict.policy;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person has confirmed that what was found is the rule's tool: the answer to an employee who
/// said that it is not.
///
/// @param identity what was found, as reports write it
/// @param device the one device it holds for; null for all
/// @param by who confirmed it
/// @param at when it was confirmed
public record Confirmation(
    RuleId rule, String identity, @Nullable String device, String by, Instant at) {

  static Confirmation read(Fields fields) {
    var everywhere = !fields.has("device") || fields.optional("device") == Json.Null.NULL;
    var confirmation =
        new Confirmation(
            fields.parsed("rule", RuleId::new, new RuleId("unreadable")),
            fields.text("identity"),
            everywhere ? null : fields.text("device"),
            fields.text("by"),
            fields.parsed("at", Dates::instant, Instant.EPOCH));
    fields.end();
    return confirmation;
  }
}

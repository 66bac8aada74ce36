package dev.interdict.policy;

import dev.interdict.json.Fields;
import java.time.Instant;

/// A request for an exemption that a person has refused. It ends the wait for an answer, and tells
/// the employee why and whom to ask.
///
/// @param id of the request
/// @param by who refused it, shown to the employee
/// @param contact whom to ask, shown to the employee
/// @param at when it was refused
public record Refusal(
    String id, RuleId rule, String device, String by, String reason, String contact, Instant at) {

  static Refusal read(Fields fields) {
    var refusal =
        new Refusal(
            fields.text("id"),
            fields.parsed("rule", RuleId::new, new RuleId("unreadable")),
            fields.text("device"),
            fields.text("by"),
            fields.text("reason"),
            fields.text("contact"),
            fields.parsed("at", Dates::instant, Instant.EPOCH));
    fields.end();
    return refusal;
  }
}

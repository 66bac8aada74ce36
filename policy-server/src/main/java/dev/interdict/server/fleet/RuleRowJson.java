package dev.interdict.server.fleet;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.compliance.Shade;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A rule's row as it is kept in place of reports, without what the device's own row tells.
final class RuleRowJson {
  private RuleRowJson() {}

  static Json json(RuleRow row) {
    return Json.object()
        .put("state", row.state())
        .put("presence", row.presence())
        .put("due", text(row.dueAt()))
        .put("exempt", text(row.exemptUntil()))
        .put("since", row.since())
        .put("first-seen", text(row.firstSeen()))
        .put("error", row.error())
        .put("error-identity", row.errorIdentity())
        .put("failing-since", text(row.failing().since()))
        .put("failed", text(row.failing().at()))
        .put("failing-error", row.failing().error())
        .put("failing-identity", row.failing().identity())
        .put("findings", row.findingsHash())
        .build();
  }

  static RuleRow read(Fields fields) {
    Function<String, @Nullable Long> number =
        name -> {
          var text = fields.optionalText(name);
          return text == null ? null : Long.valueOf(text);
        };
    return new RuleRow(
        fields.text("state"),
        fields.optionalText("presence"),
        number.apply("due"),
        number.apply("exempt"),
        fields.integer("since", Long.MIN_VALUE, Long.MAX_VALUE),
        number.apply("first-seen"),
        fields.optionalText("error"),
        fields.optionalText("error-identity"),
        new Failing(
            number.apply("failing-since"),
            number.apply("failed"),
            fields.optionalText("failing-error"),
            fields.optionalText("failing-identity")),
        Shade.PLAIN.word(),
        RuleRow.Owner.NOBODY,
        "",
        fields.text("findings"));
  }

  private static @Nullable String text(@Nullable Long value) {
    return value == null ? null : value.toString();
  }
}

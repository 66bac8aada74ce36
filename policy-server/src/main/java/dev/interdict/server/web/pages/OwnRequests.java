package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.web.Deed;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.pages.MeView.Ask;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What whoever is signed in asked for here, and may ask for. Immutable.
///
/// @param answer of `listMyRequests`; nothing where this server decides on no exemptions
record OwnRequests(Row answer) {
  private static final String ALL = "listMyRequests";

  /// Of whoever looks at the page.
  static OwnRequests of(Page.Ask ask) {
    return new OwnRequests(ask.api().may(ALL) ? ask.api().read(ALL, Map.of()) : Row.NONE);
  }

  /// All that was asked of a device, there and here, newest first.
  ///
  /// @param answers of `getDevice`
  List<Row> all(String device, List<Row> answers) {
    return Stream.concat(
            answers.stream().filter(row -> row.text("kind").equals("exemption-request")),
            answer.rows("requests").stream().filter(row -> row.text("device").equals(device)))
        .sorted(
            Comparator.comparing(
                (Row row) -> row.instant("at"), Comparator.nullsFirst(Comparator.reverseOrder())))
        .toList();
  }

  /// What may be asked of a rule on a device; null where nothing may.
  ///
  /// @param onDevice where the device stands with it
  /// @param rule null where it is published no more
  @Nullable Ask open(String device, Row onDevice, @Nullable Rule rule, Instant now) {
    if (rule == null
        || !List.of("present", "removing", "failed", "removed")
            .contains(onDevice.text("reported"))) {
      return null;
    }
    var id = rule.id().value();
    return answer.rows("open").stream()
        .filter(row -> row.text("rule").equals(id))
        .findFirst()
        .map(row -> {
          var zone = ZoneId.of(row.text("zone"));
          var last = LocalDate.parse(row.text("last-day"));
          return new Ask(
              Deed.of("requestMyExemption").with("device", device).with("rule", id),
              rule.tool().name(),
              LocalDate.ofInstant(now, zone),
              last,
              zone,
              rule.timeline().requestFreezes() ? Announcement.request(id, last) : "");
        })
        .orElse(null);
  }
}

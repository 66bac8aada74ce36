package dev.interdict.demo;

import dev.interdict.demo.stage.DemoException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The starter rule with dates of its own, as an admin would edit it.
record RuleText(String yaml) {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  /// @throws DemoException if the rule has no such field
  RuleText dated(Instant announced, Instant effective, ZoneId zone) throws DemoException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("announce", local(announced, zone));
    fields.put("effective", local(effective, zone));
    fields.put("zone", zone.getId());
    fields.put("minimum-notice", "PT30S");
    fields.put("reminders", "[PT45S]");
    var text = yaml;
    for (var field : fields.entrySet()) {
      var line = Pattern.compile("(?m)^(  " + field.getKey() + ": ).*$").matcher(text);
      if (!line.find()) {
        throw new DemoException("the starter rule has no timeline." + field.getKey());
      }
      text = line.replaceFirst("$1" + field.getValue());
    }
    return new RuleText(text);
  }

  private static String local(Instant instant, ZoneId zone) {
    return LOCAL.format(instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
  }
}

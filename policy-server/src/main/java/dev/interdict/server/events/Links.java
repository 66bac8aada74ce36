package dev.interdict.server.events;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Where people see more of an event: addresses of the console.
///
/// @param console where people reach it, without a slash at the end
public record Links(String console) {
  public Links {
    console = console.replaceAll("/+$", "");
  }

  /// The page of the device or the rule, else the first.
  public String of(Event event) {
    if (event.device() != null) {
      return console + "/devices/" + encoded(event.device());
    }
    return event.rule() != null ? rule(event.rule()) : console + "/";
  }

  /// The page of a rule.
  public String rule(String rule) {
    return console + "/rules/" + encoded(rule);
  }

  /// A page.
  ///
  /// @param address its path and query
  public String page(String address) {
    return console + address;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

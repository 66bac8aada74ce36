package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// A form as it stands on a page, with the values that are in it.
record PageForm(String action, Map<String, String> values) {
  private static final Pattern FORM =
      Pattern.compile("<form method=\"post\" action=\"([^\"]+)\"(.*?)</form>", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("<input ([^>]*)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("(name|value|type)=\"([^\"]*)\"");

  private static final Pattern HIDDEN_AREA =
      Pattern.compile("<textarea hidden name=\"([^\"]+)\">\n(.*?)</textarea>", Pattern.DOTALL);

  /// The form of that operation; a test fails where the page has none.
  static PageForm of(String page, String operation) {
    var matcher = FORM.matcher(page);
    while (matcher.find()) {
      if (matcher.group(1).matches("/do/" + operation + "(\\?.*)?")) {
        return new PageForm(plain(matcher.group(1)), values(matcher.group(2)));
      }
    }
    assertTrue(false, () -> "no form does " + operation + " on " + page);
    throw new IllegalStateException();
  }

  /// Whether a page has it.
  static boolean isOn(String page, String operation) {
    return page.contains("action=\"/do/" + operation + "?")
        || page.contains("action=\"/do/" + operation + "\"");
  }

  private static Map<String, String> values(String form) {
    var values = new LinkedHashMap<String, String>();
    var inputs = INPUT.matcher(form);
    while (inputs.find()) {
      var given = new LinkedHashMap<String, String>();
      var attributes = ATTRIBUTE.matcher(inputs.group(1));
      while (attributes.find()) {
        given.put(attributes.group(1), plain(attributes.group(2)));
      }
      if (!"checkbox".equals(given.get("type"))) {
        values.put(given.getOrDefault("name", ""), given.getOrDefault("value", ""));
      }
    }
    var areas = HIDDEN_AREA.matcher(form);
    while (areas.find()) {
      values.put(areas.group(1), plain(areas.group(2)));
    }
    return values;
  }

  private static String plain(String escaped) {
    return escaped
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  /// @param typed encoded; what is typed stands in place of what was there
  HttpResponse<String> send(ConsoleServer console, String typed) {
    var all = new LinkedHashMap<>(values);
    for (var pair : typed.isEmpty() ? new String[0] : typed.split("&")) {
      all.remove(pair.substring(0, pair.indexOf('=')));
    }
    var form = new StringBuilder(typed);
    all.forEach((name, value) ->
        form.append(form.isEmpty() ? "" : "&")
            .append(ConsoleServer.encoded(name))
            .append('=')
            .append(ConsoleServer.encoded(value)));
    return console.post(action, form.toString());
  }
}

package dev.interdict.server.web;

import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.SetCookie;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How somebody wants the console to look and to be used. Chosen by an address such as
/// `/devices?theme=dark` and kept in a cookie of their browser, so that a page looks right from its
/// first dot on and without a script. Immutable.
///
/// @param chosen of every [Choice] one value, in their order
public record Display(List<String> chosen) {
  private static final String COOKIE = "display";

  /// What can be chosen; the first value of each holds until another is chosen.
  public enum Choice {
    /// Colours: those of the person's system, or always the same.
    THEME("system", "light", "dark"),
    /// Room between rows.
    DENSITY("roomy", "tight"),
    /// Whether single keys do something (WCAG 2.1.4).
    KEYS("on", "off");

    private final List<String> values;

    Choice(String... values) {
      this.values = List.of(values);
    }

    /// As it stands in an address.
    public String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    public List<String> offered() {
      return values;
    }
  }

  public Display {
    chosen = List.copyOf(chosen);
  }

  /// What is chosen of `choice`.
  public String of(Choice choice) {
    return chosen.get(choice.ordinal());
  }

  /// As somebody's browser remembers it; a value that it cannot have from here is as none.
  static Display of(HttpRequest request) {
    var kept = Objects.requireNonNullElse(request.cookie(COOKIE), "").split("\\.", -1);
    var chosen = new ArrayList<String>();
    for (var choice : Choice.values()) {
      var n = choice.ordinal();
      var known = n < kept.length && choice.values.contains(kept[n]);
      chosen.add(known ? kept[n] : choice.values.getFirst());
    }
    return new Display(chosen);
  }

  /// The way back to the page itself for somebody who just chose; null for everybody else.
  static @Nullable HttpResponse chosen(HttpRequest request) {
    var chosen = new ArrayList<>(of(request).chosen);
    var left = new LinkedHashMap<>(request.parameters());
    var any = false;
    for (var choice : Choice.values()) {
      var value = left.remove(choice.key());
      if (value != null && choice.values.contains(value.getFirst())) {
        chosen.set(choice.ordinal(), value.getFirst());
        any = true;
      }
    }
    if (!any) {
      return null;
    }
    var back = new Query(left).at(request.path(), COOKIE, "").address();
    return HttpResponse.seeOther(Destination.checked(back))
        .with(
            "Set-Cookie",
            SetCookie.field(
                request,
                COOKIE,
                String.join(".", chosen),
                SetCookie.SameSite.LAX,
                SetCookie.CHOICE));
  }
}

package dev.interdict.server.web;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What surrounds a page: its title, the way to the others, who is signed in.
///
/// @param crumbs the places above this one, outermost first
/// @param issuer who publishes the policy; empty before the first publication
/// @param person null on pages for people who have not signed in
/// @param doing what forms on it may do and just did
/// @param english this page's address in English
/// @param chinese this page's address in Simplified Chinese
/// @param here this page's address, query and all
/// @param refresh seconds after which its live parts are fetched again; 0 for never
public record Frame(
    Words words,
    String title,
    List<Crumb> crumbs,
    List<Entry> entries,
    String issuer,
    @Nullable Person person,
    Doing doing,
    String english,
    String chinese,
    Href here,
    Display display,
    long refresh,
    Assets assets) {

  /// A way to another page.
  ///
  /// @param glyph the name of its picture
  /// @param count how many things are behind it; null where that says nothing
  /// @param waits whether those wait for somebody
  /// @param group the heading it stands under; empty for none
  public record Entry(
      String label,
      String href,
      String glyph,
      boolean current,
      @Nullable Long count,
      boolean waits,
      String group) {

    /// The key that goes there after a `g`; empty where none does.
    public String key() {
      return switch (href) {
        case "/" -> "o";
        case "/rules" -> "r";
        case "/devices" -> "d";
        case "/exemptions" -> "e";
        case "/queue" -> "q";
        case "/audit" -> "a";
        default -> "";
      };
    }
  }

  /// What somebody may do on a page.
  ///
  /// @param asking knows what they may; null where nothing is done
  /// @param sent the form to be shown again, or null
  /// @param done a message about what was done just before, or null
  /// @param once makes what each form is known by, so that it is done once however often it is sent
  public record Doing(
      @Nullable Asking asking, @Nullable Sent sent, @Nullable String done, Supplier<String> once) {
    /// On pages without forms.
    public static final Doing NOTHING = new Doing(null, null, null, () -> "");

    /// Whether they may do that.
    public boolean may(Deed deed) {
      return may(deed.operation());
    }

    /// Whether they may do what the operation of that name does.
    public boolean may(String operation) {
      return asking != null && asking.may(operation);
    }

    /// That form, if it was just sent.
    public @Nullable Sent sent(Deed deed) {
      return sent != null && sent.href().equals(deed.href().address()) ? sent : null;
    }
  }

  /// A place above a page.
  public record Crumb(String label, String href) {}

  /// Who is signed in.
  ///
  /// @param csrf the secret their forms carry
  /// @param left until the session ends, however busy it is
  public record Person(String name, String role, String csrf, Duration left) {
    /// One or two letters for a person without a picture.
    public String initials() {
      var letters = new StringBuilder();
      for (var word : name.split("[ ._@-]+", -1)) {
        if (!word.isEmpty() && letters.length() < 2) {
          letters.appendCodePoint(Character.toUpperCase(word.codePointAt(0)));
        }
      }
      return letters.toString();
    }
  }

  public Frame {
    crumbs = List.copyOf(crumbs);
    entries = List.copyOf(entries);
  }
}

package dev.interdict.server.web;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The form for people who have not signed in.
///
/// @param to where to go afterwards, a path of this console
/// @param refusal why they were not let in; null where they have not tried
/// @param provider where signing in by an identity provider begins; null where there is none
public record LoginView(String to, @Nullable Refusal refusal, @Nullable Href provider)
    implements View {
  /// Why somebody was not let in, with what to do about it. All but the first are of an identity
  /// provider.
  public enum Refusal {
    PASSWORD("login.refused"),
    LATE("login.refused.late"),
    DECLINED("login.refused.declined"),
    GROUP("login.refused.group"),
    ACCOUNT("login.refused.account"),
    PROVIDER("login.refused.provider");

    private final String told;

    Refusal(String told) {
      this.told = told;
    }

    /// That of an address; null where it names none.
    static @Nullable Refusal of(@Nullable String named) {
      return Arrays.stream(values())
          .filter(each -> each != PASSWORD && each.name().toLowerCase(Locale.ROOT).equals(named))
          .findAny()
          .orElse(null);
    }

    /// Whether the provider knows the person, who is let in as somebody else only: it would send
    /// the same one at once, unless it is told to ask.
    public boolean isOfPerson() {
      return this == GROUP || this == ACCOUNT;
    }

    /// What they are told.
    public String told(Words words) {
      return words.text(told);
    }
  }

  @Override
  public String template() {
    return "login.jte";
  }
}

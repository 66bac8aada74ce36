package dev.interdict.server.web;

import org.jspecify.annotations.Nullable;

/// The form for people who have not signed in.
///
/// @param to where to go afterwards, a path of this console
/// @param refused whether they tried and were not let in
/// @param provider where signing in by an identity provider begins; null where there is none
public record LoginView(String to, boolean refused, @Nullable Href provider) implements View {
  @Override
  public String template() {
    return "login.jte";
  }
}

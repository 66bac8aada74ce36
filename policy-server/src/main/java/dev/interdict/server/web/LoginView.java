package dev.interdict.server.web;

/// The form for people who have not signed in.
///
/// @param to where to go afterwards, a path of this console
/// @param refused whether they tried with a wrong name or password
public record LoginView(String to, boolean refused) implements View {
  @Override
  public String template() {
    return "login.jte";
  }
}

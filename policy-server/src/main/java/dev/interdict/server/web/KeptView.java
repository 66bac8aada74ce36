package dev.interdict.server.web;

import java.util.List;
import java.util.Map;

/// Shows what somebody had typed before they went to prove at the identity provider who they are.
///
/// @param proved whether they did, and have not only come back
/// @param action where the form is sent now; empty where nothing is kept any more
/// @param form its fields
/// @param to where to go back to without it
public record KeptView(boolean proved, String action, Map<String, List<String>> form, String to)
    implements View {
  @Override
  public String template() {
    return "kept.jte";
  }
}

package dev.interdict.server.web.pages;

import dev.interdict.server.exemptions.Category;
import dev.interdict.server.exemptions.Particulars;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.Words;
import java.util.ArrayList;
import java.util.List;

/// The categories of exemptions, to choose one from. Pure functions.
public final class Categories {
  private Categories() {}

  /// @param first what is said of choosing nothing
  /// @param chosen the one that is chosen; empty for nothing
  /// @param none whether it can be chosen that there is none
  public static List<Choice> of(Words words, String first, String chosen, boolean none) {
    var choices = new ArrayList<Choice>();
    choices.add(new Choice("", first, false));
    for (var each : Category.WRITTEN) {
      choices.add(
          new Choice(each, words.named("state.exemption-category", each), each.equals(chosen)));
    }
    if (none) {
      choices.add(new Choice(Particulars.NOTHING, words.text("exemption.category.none"), false));
    }
    return choices;
  }
}

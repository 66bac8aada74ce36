package dev.interdict.server.web.pages;

import dev.interdict.server.events.EventKind;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// `/events`: what happened on workstations and to rules, as other systems are told it.
public final class EventsPage implements Page {
  static final String PATH = "/events";

  private final Fleet fleet;

  EventsPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var list =
        Listed.of(
            "events.jte",
            ask,
            PATH,
            "listEvents",
            "events",
            fleet.clock(),
            List.of("type", "rule", "from", "to", Listed.ZONE, "sort"),
            List.of(),
            // Whoever looks wants to know what was last; a program that follows begins at the
            // first.
            Map.of("sort", "-timestamp"));
    return new Shown(ask.words().text("events.title"), List.of(), list, 0);
  }

  /// What there is to choose from.
  public static List<Choice> kinds(Words words) {
    var choices = new ArrayList<Choice>();
    choices.add(new Choice("", words.text("filter.any"), false));
    for (var kind : EventKind.stored()) {
      choices.add(new Choice(kind.word(), caption(kind, words), false));
    }
    return List.copyOf(choices);
  }

  /// What happened, in words; of a kind that this version does not know, its own word.
  public static String caption(String type, Words words) {
    return Stream.of(EventKind.values())
        .filter(kind -> kind.word().equals(type))
        .findAny()
        .map(kind -> caption(kind, words))
        .orElse(type);
  }

  private static String caption(EventKind kind, Words words) {
    return kind.caption(Locale.forLanguageTag(words.tag()));
  }
}

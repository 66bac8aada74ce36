package dev.interdict.server.webhooks;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.events.Event;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// How a message looks: as a program reads it, or as a chat service shows it. What devices and
/// people wrote stands in a message as plain text: it can neither mention anybody nor be a link.
public enum Template {
  GENERIC {
    @Override
    Json.Obj json(Event event, String link, Locale language) {
      return event.json(link);
    }
  },
  SLACK {
    @Override
    Json.Obj json(Event event, String link, Locale language) {
      var text = text(event, link, language);
      return Json.object()
          .put("text", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
          .build();
    }
  },
  TEAMS {
    @Override
    Json.Obj json(Event event, String link, Locale language) {
      var line = Json.object().put("type", "TextRun").put("text", facts(event, language)).build();
      var shown = Json.object().put("type", "RichTextBlock").put("inlines", List.of(line)).build();
      var open =
          Json.object()
              .put("type", "Action.OpenUrl")
              .put("title", "Interdict")
              .put("url", link)
              .build();
      var card =
          Json.object()
              .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
              .put("type", "AdaptiveCard")
              .put("version", "1.4")
              .put("body", List.of(shown))
              .put("actions", List.of(open))
              .build();
      var attachment =
          Json.object()
              .put("contentType", "application/vnd.microsoft.card.adaptive")
              .put("content", card)
              .build();
      return Json.object().put("type", "message").put("attachments", List.of(attachment)).build();
    }
  },
  FEISHU {
    @Override
    Json.Obj json(Event event, String link, Locale language) {
      // Its texts know tags such as <at>.
      var text = text(event, link, language).replace('<', '‹').replace('>', '›');
      return Json.object()
          .put("msg_type", "text")
          .put("content", Json.object().put("text", text).build())
          .build();
    }
  },
  DINGTALK {
    @Override
    Json.Obj json(Event event, String link, Locale language) {
      return Json.object()
          .put("msgtype", "text")
          .put("text", Json.object().put("content", text(event, link, language)).build())
          .put("at", Json.object().put("isAtAll", false).build())
          .build();
    }
  },
  WECOM {
    @Override
    Json.Obj json(Event event, String link, Locale language) {
      return Json.object()
          .put("msgtype", "text")
          .put("text", Json.object().put("content", text(event, link, language)).build())
          .build();
    }
  };

  private static final int MOST_FACT = 200;
  private static final List<String> SHOWN =
      List.of("host", "software", "reason", "words", "summary", "until", "serial", "held", "note");
  private static final Pattern CODE =
      Pattern.compile("\"(?:errcode|code|StatusCode)\"\\s*:\\s*(-?[0-9]{1,9})");

  abstract Json.Obj json(Event event, String link, Locale language);

  /// The body of the message.
  ///
  /// @param link where people see more
  byte[] body(Event event, String link, Locale language) {
    return JsonWriter.compact(json(event, link, language));
  }

  /// Whether the service took the message: some of them refuse with status 200.
  boolean isTaken(Post.Answer answer) {
    if (answer.status() < 200 || answer.status() > 299) {
      return false;
    }
    if (this == FEISHU || this == DINGTALK || this == WECOM) {
      var code = CODE.matcher(answer.body());
      return !code.find() || code.group(1).equals("0");
    }
    return true;
  }

  /// One line for people, without the link.
  static String facts(Event event, Locale language) {
    var line = new StringBuilder("[Interdict] ").append(event.caption(language));
    if (event.rule() != null) {
      line.append(" · ").append(event.rule());
    }
    for (var name : SHOWN) {
      var value = event.text(name);
      if (value != null) {
        line.append(" · ").append(Printable.of(value, MOST_FACT));
      }
    }
    if (event.actor() != null) {
      line.append(" · ").append(Printable.of(event.actor(), MOST_FACT));
    }
    return line.toString();
  }

  private static String text(Event event, String link, Locale language) {
    // An @ would call people in.
    return facts(event, language).replace('@', '＠') + "\n" + link;
  }

  /// The word on the command line.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The template of a word.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Template ofWord(String word) {
    for (var template : values()) {
      if (template.word().equals(word)) {
        return template;
      }
    }
    throw new IllegalArgumentException(
        "\"" + word + "\" is no template; write generic, slack, teams, feishu, dingtalk or wecom");
  }
}

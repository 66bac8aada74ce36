package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.Amendment.Cut;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the entries of a list or an object stand in the bytes of a JSON document (RFC 8259). Takes
/// only a document that [JsonReader] has accepted, so it checks nothing again; not thread-safe.
public final class JsonEntries {
  private final byte[] json;
  private int at;

  private JsonEntries(byte[] json) {
    this.json = json;
  }

  /// One entry.
  ///
  /// @param name of a member, null in a list
  public record Entry(@Nullable String name, Json value, Cut cut) {}

  /// The entries of the list or object that the members of `path` lead to, one within the other;
  /// none where there is no such one.
  ///
  /// @throws JsonException if the document is none that was read before
  static List<Entry> of(byte[] json, List<String> path) throws JsonException {
    try {
      return new JsonEntries(json).entries(path);
    } catch (IndexOutOfBoundsException e) {
      throw new JsonException("document ends too early");
    }
  }

  private List<Entry> entries(List<String> path) throws JsonException {
    for (var name : path) {
      blank();
      if (json[at] != '{' || !enter(name)) {
        return List.of();
      }
    }
    blank();
    return json[at] == '{' || json[at] == '[' ? all() : List.of();
  }

  /// Goes to the value of that member of the object that begins here.
  private boolean enter(String name) throws JsonException {
    at++;
    for (blank(); json[at] != '}'; next()) {
      if (name.equals(name())) {
        return true;
      }
      skip();
    }
    return false;
  }

  private record Span(@Nullable String name, int from, int value, int to) {}

  private List<Entry> all() throws JsonException {
    var end = json[at] == '{' ? '}' : ']';
    var spans = new ArrayList<Span>();
    at++;
    for (blank(); json[at] != end; next()) {
      var from = at;
      var name = end == '}' ? name() : null;
      blank();
      var value = at;
      skip();
      spans.add(new Span(name, from, value, at));
    }
    var entries = new ArrayList<Entry>();
    for (var i = 0; i < spans.size(); i++) {
      var span = spans.get(i);
      var before = i == 0 ? span.from() : spans.get(i - 1).to();
      var after = i == spans.size() - 1 ? span.to() : spans.get(i + 1).from();
      var value = JsonReader.read(part(span.value(), span.to()), JsonLimits.FOREIGN);
      entries.add(new Entry(span.name(), value, new Cut(span.from(), span.to(), before, after)));
    }
    return entries;
  }

  /// The name of the member that begins here; what follows is its value.
  private String name() throws JsonException {
    var from = at;
    string();
    var name =
        JsonReader.read(part(from, at), JsonLimits.FOREIGN) instanceof Json.Text(var text)
            ? text
            : "";
    blank();
    at++;
    return name;
  }

  private byte[] part(int from, int to) {
    return Arrays.copyOfRange(json, from, to);
  }

  /// To the next entry, or to the end of the list.
  private void next() {
    blank();
    if (json[at] == ',') {
      at++;
      blank();
    }
  }

  private void blank() {
    while (json[at] == ' ' || json[at] == '\t' || json[at] == '\n' || json[at] == '\r') {
      at++;
    }
  }

  /// Past the value that begins here.
  private void skip() {
    blank();
    var depth = 0;
    do {
      switch (json[at]) {
        case '"' -> string();
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        case ',', ':', ' ', '\t', '\n', '\r' -> at++;
        default -> word();
      }
    } while (depth > 0);
  }

  private void word() {
    while (at < json.length && ",]} \t\n\r:".indexOf(json[at]) < 0) {
      at++;
    }
  }

  private void string() {
    at++;
    while (json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    at++;
  }
}

package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the YAML 1.2 files of other programs as data, into JSON. Made from parse events, so that
/// no tag makes an object; an alias counts as many values as it stands for, so that nothing expands
/// beyond the bound. A plain scalar is `true`, `false`, null or text: nothing that is looked for
/// counts. Of a key that is there twice the last one holds, and `<<` fills in what is missing, as
/// the programs do it. No error quotes what the file holds.
public final class Yaml {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_VALUES = 100_000;

  /// @param values in it, itself included
  private record Anchored(Json json, int values) {}

  private final BytePath file;
  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int values;

  private Yaml(BytePath file, String text) {
    this.file = file;
    var settings = LoadSettings.builder().setUseMarks(false).setCodePointLimit(MAX_BYTES).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /// The documents in that file; none where there is no such file.
  ///
  /// @throws UnreadableException if it is longer than 1 MiB, is no YAML, or beyond the bounds
  public static List<Json> documents(Tree tree, BytePath file) throws UnreadableException {
    var bytes = tree.read(file, MAX_BYTES);
    return bytes == null ? List.of() : documents(file, bytes);
  }

  /// The documents in what was read from that file.
  ///
  /// @throws UnreadableException as [#documents(Tree, BytePath)]
  public static List<Json> documents(BytePath file, byte[] utf8) throws UnreadableException {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return new Yaml(file, text).all();
    } catch (CharacterCodingException e) {
      throw Metadata.malformed(file, "is not UTF-8");
    } catch (YamlEngineException e) {
      throw Metadata.malformed(file, "is no YAML");
    }
  }

  private List<Json> all() throws UnreadableException {
    var documents = new ArrayList<Json>();
    while (events.hasNext()) {
      if (events.next() instanceof DocumentStartEvent) {
        anchors.clear();
        documents.add(value(events.next(), 0));
      }
    }
    return documents;
  }

  private Json value(Event event, int depth) throws UnreadableException {
    count(1);
    if (depth > MAX_DEPTH) {
      throw Metadata.malformed(file, "is nested deeper than " + MAX_DEPTH + " levels");
    }
    var before = values - 1;
    return switch (event) {
      case ScalarEvent scalar -> anchored(scalar.getAnchor(), scalar(scalar), before);
      case MappingStartEvent start -> anchored(start.getAnchor(), members(depth), before);
      case SequenceStartEvent start -> anchored(start.getAnchor(), items(depth), before);
      case AliasEvent alias -> {
        var meant = anchors.get(alias.getAlias());
        if (meant == null) {
          throw Metadata.malformed(file, "uses an alias of nothing before it");
        }
        count(meant.values());
        yield meant.json();
      }
      default -> throw Metadata.malformed(file, "is no YAML");
    };
  }

  private void count(int more) throws UnreadableException {
    values += more;
    if (values > MAX_VALUES) {
      throw Metadata.malformed(file, "holds more than " + MAX_VALUES + " values");
    }
  }

  private Json anchored(Optional<Anchor> anchor, Json json, int before) {
    anchor.ifPresent(name -> anchors.put(name, new Anchored(json, values - before)));
    return json;
  }

  private Json members(int depth) throws UnreadableException {
    var members = new LinkedHashMap<String, Json>();
    for (var event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      var key = value(event, depth + 1);
      var value = value(events.next(), depth + 1);
      switch (key) {
        case Json.Text(var name) -> members.put(name, value);
        case Json.Bool bool -> members.put(bool == Json.Bool.TRUE ? "true" : "false", value);
        // A key that is a list or a mapping is no name that anything is looked for by.
        default -> {}
      }
    }
    fillIn(members.remove("<<"), members);
    return new Json.Obj(members);
  }

  private static void fillIn(@Nullable Json from, Map<String, Json> members) {
    switch (from) {
      case Json.Obj(var more) -> more.forEach(members::putIfAbsent);
      case Json.Arr(var several) -> {
        for (var one : several) {
          if (one instanceof Json.Obj(var more)) {
            more.forEach(members::putIfAbsent);
          }
        }
      }
      case null, default -> {}
    }
  }

  private Json items(int depth) throws UnreadableException {
    var items = new ArrayList<Json>();
    for (var event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(value(event, depth + 1));
    }
    return new Json.Arr(items);
  }

  private static Json scalar(ScalarEvent scalar) {
    var text = scalar.getValue();
    if (!scalar.isPlain()) {
      return new Json.Text(text);
    }
    return switch (text) {
      case "", "~", "null" -> Json.Null.NULL;
      case "true" -> Json.Bool.TRUE;
      case "false" -> Json.Bool.FALSE;
      default -> new Json.Text(text);
    };
  }
}

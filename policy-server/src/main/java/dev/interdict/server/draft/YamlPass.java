package dev.interdict.server.draft;

import dev.interdict.json.Json;
import dev.interdict.server.draft.YamlFile.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// One pass over the parse events of one file. Anchors, aliases and tags are refused where they
/// stand, and depth and number of values are bounded, so that nothing can expand: what is built is
/// never larger than what was written.
///
/// A plain scalar is what JSON says it is (YAML 1.2, section 10.2): `true`, `null`, a whole number;
/// all else, dates and `no` included, is text.
final class YamlPass {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_VALUES = 20_000;

  private final String text;
  private final Iterator<Event> events;
  private final Map<String, Place> places = new HashMap<>();
  private int values;

  YamlPass(String text) {
    this.text = text;
    var settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(YamlFile.MAX_BYTES).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  Reading read(String name) {
    try {
      var json = document();
      return new Reading.Read(new YamlFile(name, json, new Places(places), text.lines().toList()));
    } catch (Refused e) {
      return YamlFile.malformed(name, e.at, e.what);
    } catch (MarkedYamlEngineException e) {
      return YamlFile.malformed(name, place(e.getProblemMark()), syntax(e));
    } catch (YamlEngineException e) {
      return YamlFile.malformed(
          name, Place.START, "holds a character that YAML does not allow; save it as plain text");
    }
  }

  private static String syntax(MarkedYamlEngineException e) {
    var problem = e.getProblem();
    var advice =
        problem != null && problem.contains("'\\t'")
            ? "indent with spaces, not tabs"
            : "check the indentation, colons and quotes here";
    return "is no YAML: " + (problem == null ? "cannot be parsed" : problem) + "; " + advice;
  }

  private Json document() throws Refused {
    next(Event.ID.StreamStart);
    if (peekEnds()) {
      throw new Refused(Place.START, "is empty; start with: interdict rule new ID");
    }
    next(Event.ID.DocumentStart);
    var json = value(events.next(), "", 0);
    next(Event.ID.DocumentEnd);
    var after = events.next();
    if (after.getEventId() != Event.ID.StreamEnd) {
      throw new Refused(place(after), "holds a second document; write one a file");
    }
    return json;
  }

  private boolean peekEnds() {
    return text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
  }

  private void next(Event.ID expected) throws Refused {
    var event = events.next();
    if (event.getEventId() != expected) {
      throw new Refused(place(event), "is no single YAML document");
    }
  }

  private Json value(Event event, String pointer, int depth) throws Refused {
    places.putIfAbsent(pointer, place(event));
    if (++values > MAX_VALUES) {
      throw new Refused(place(event), "holds more than " + MAX_VALUES + " values");
    }
    if (depth > MAX_DEPTH) {
      throw new Refused(place(event), "is nested deeper than " + MAX_DEPTH + " levels");
    }
    return switch (event) {
      case ScalarEvent scalar -> {
        plainOnly(scalar, scalar.getAnchor(), scalar.getTag());
        yield scalar.isPlain() ? plain(scalar.getValue()) : new Json.Text(scalar.getValue());
      }
      case MappingStartEvent start -> {
        plainOnly(start, start.getAnchor(), start.getTag());
        yield members(pointer, depth);
      }
      case SequenceStartEvent start -> {
        plainOnly(start, start.getAnchor(), start.getTag());
        yield items(pointer, depth);
      }
      case AliasEvent alias ->
          throw new Refused(place(alias), "uses an alias (*); write the value out");
      default -> throw new Refused(place(event), "is no YAML value");
    };
  }

  private static void plainOnly(Event event, Optional<Anchor> anchor, Optional<String> tag)
      throws Refused {
    if (anchor.isPresent()) {
      throw new Refused(place(event), "uses an anchor (&); write the value out where it is needed");
    }
    if (tag.isPresent()) {
      throw new Refused(
          place(event), "uses the tag " + tag.get() + "; write a plain value without a tag");
    }
  }

  private Json members(String pointer, int depth) throws Refused {
    var members = new LinkedHashMap<String, Json>();
    for (var event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      if (!(event instanceof ScalarEvent key)) {
        throw new Refused(place(event), "uses a key that is no text");
      }
      plainOnly(key, key.getAnchor(), key.getTag());
      var name = key.getValue();
      var at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
      var first = places.putIfAbsent(at, place(key));
      if (first != null) {
        throw new Refused(
            place(key), "has \"" + name + "\" twice, first in line " + first.line() + "; keep one");
      }
      members.put(name, value(events.next(), at, depth + 1));
    }
    return new Json.Obj(members);
  }

  private Json items(String pointer, int depth) throws Refused {
    List<Json> items = new ArrayList<>();
    for (var event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(value(event, pointer + "/" + items.size(), depth + 1));
    }
    return new Json.Arr(items);
  }

  private static Json plain(String value) {
    return switch (value) {
      case "", "null" -> Json.Null.NULL;
      case "true" -> Json.Bool.TRUE;
      case "false" -> Json.Bool.FALSE;
      default -> number(value);
    };
  }

  private static Json number(String value) {
    var digits = value.startsWith("-") ? value.substring(1) : value;
    var whole = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (whole && digits.length() <= 18 && (digits.equals("0") || digits.charAt(0) != '0')) {
      return new Json.Int(Long.parseLong(value));
    }
    return new Json.Text(value);
  }

  private static Place place(Event event) {
    return place(event.getStartMark());
  }

  private static Place place(Optional<Mark> mark) {
    return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(Place.START);
  }

  /// What is well-formed YAML and still not accepted.
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Place at;
    private final String what;

    Refused(Place at, String what) {
      super(what, null, false, false);
      this.at = at;
      this.what = what;
    }
  }
}

package dev.interdict.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// Reads one JSON document strictly: UTF-8 without a byte-order mark, no doubled member, no
/// trailing data, no lone surrogate, all sizes bounded. The library's own defaults let each of
/// these through, and two parties that read the same signed bytes differently is how a signature is
/// got around.
///
/// Thread-safe.
public final class JsonReader {
  /// The limits that the parser itself keeps.
  private record Shape(int depth, int textLength) {}

  private static final Map<Shape, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

  private JsonReader() {}

  /// The document in `utf8`.
  ///
  /// @throws JsonException if it is malformed or beyond `limits`
  public static Json read(byte[] utf8, JsonLimits limits) throws JsonException {
    return read(utf8, limits, _ -> true);
  }

  private static Json read(byte[] utf8, JsonLimits limits, Predicate<String> wanted)
      throws JsonException {
    if (utf8.length > limits.bytes()) {
      throw new JsonException(
          "document of " + utf8.length + " bytes, limit is " + limits.bytes() + " bytes");
    }
    check(utf8);
    try (var parser = factory(limits).createParser(ObjectReadContext.empty(), utf8)) {
      return new Pass(parser, limits, wanted).document();
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw new JsonException(
          "malformed JSON"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
              + ": "
              + kind(e));
    }
  }

  /// The object in `utf8` with those of its members only; the others are checked for their form and
  /// skipped.
  ///
  /// @throws JsonException as [#read], and if it is no object
  public static Json.Obj members(byte[] utf8, JsonLimits limits, Set<String> members)
      throws JsonException {
    return read(utf8, limits, members::contains) instanceof Json.Obj object
        ? object
        : refuse("is no JSON object");
  }

  private static Json.Obj refuse(String why) throws JsonException {
    throw new JsonException(why);
  }

  private static void check(byte[] utf8) throws JsonException {
    if (utf8.length == 0) {
      throw new JsonException("empty document");
    }
    if (utf8.length >= 3
        && utf8[0] == (byte) 0xef
        && utf8[1] == (byte) 0xbb
        && utf8[2] == (byte) 0xbf) {
      throw new JsonException("document starts with a byte-order mark");
    }
    // The parser would take a NUL among the first four bytes for a sign of UTF-16 or UTF-32.
    for (var i = 0; i < Math.min(4, utf8.length); i++) {
      if (utf8[i] == 0) {
        throw new JsonException("malformed JSON: unexpected character or token");
      }
    }
    if (!ascii(utf8)) {
      try {
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(utf8));
      } catch (CharacterCodingException e) {
        throw new JsonException("document is not UTF-8");
      }
    }
  }

  private static boolean ascii(byte[] utf8) {
    for (var b : utf8) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /// A factory learns the names that its documents use, so one serves all documents with the same
  /// limits.
  private static JsonFactory factory(JsonLimits limits) {
    return FACTORIES.computeIfAbsent(
        new Shape(limits.depth(), limits.textLength()), JsonReader::newFactory);
  }

  private static JsonFactory newFactory(Shape limits) {
    return JsonFactory.builder()
        // What was read stays in a recycled buffer until something longer is read into it, and a
        // password may be what was read; a buffer is 400 characters, quick to make.
        .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth())
                .maxStringLength(limits.textLength())
                .maxNameLength(limits.textLength())
                .maxNumberLength(100)
                .build())
        .build();
  }

  private static String kind(JacksonException e) {
    return switch (e.getClass().getSimpleName()) {
      case "StreamConstraintsException" -> "a limit on depth or length is exceeded";
      case "UnexpectedEndOfInputException" -> "it ends too early";
      default -> {
        var message = e.getOriginalMessage();
        yield message != null && message.startsWith("Duplicate")
            ? "an object member appears twice"
            : "unexpected character or token";
      }
    };
  }

  /// One pass over one document.
  private static final class Pass {
    private final JsonParser parser;
    private final JsonLimits limits;
    private final Predicate<String> wanted;
    private int values;
    private int nesting;

    /// @param wanted which members of the outermost object to keep
    Pass(JsonParser parser, JsonLimits limits, Predicate<String> wanted) {
      this.parser = parser;
      this.limits = limits;
      this.wanted = wanted;
    }

    Json document() throws JsonException {
      var value = value(parser.nextToken());
      if (parser.nextToken() != null) {
        throw new JsonException("data after the end of the document");
      }
      return value;
    }

    private Json value(@org.jspecify.annotations.Nullable JsonToken token) throws JsonException {
      if (++values > limits.values()) {
        throw new JsonException("more than " + limits.values() + " values");
      }
      return switch (token) {
        case START_OBJECT -> members();
        case START_ARRAY -> items();
        case VALUE_STRING -> new Json.Text(whole(parser.getString()));
        case VALUE_NUMBER_INT -> number();
        case VALUE_NUMBER_FLOAT -> decimal();
        case VALUE_TRUE -> Json.Bool.TRUE;
        case VALUE_FALSE -> Json.Bool.FALSE;
        case VALUE_NULL -> Json.Null.NULL;
        case null -> throw new JsonException("document ends too early");
        case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
            throw new JsonException("malformed JSON: unexpected token");
      };
    }

    private Json members() throws JsonException {
      SequencedMap<String, Json> members = new LinkedHashMap<>();
      nesting++;
      for (var token = parser.nextToken();
          token != JsonToken.END_OBJECT;
          token = parser.nextToken()) {
        if (token != JsonToken.PROPERTY_NAME) {
          throw new JsonException("malformed JSON: object is not closed");
        }
        var name = whole(parser.currentName());
        var next = parser.nextToken();
        if (nesting == 1 && !wanted.test(name)) {
          parser.skipChildren();
        } else {
          members.put(name, value(next));
        }
      }
      nesting--;
      return new Json.Obj(members);
    }

    private Json items() throws JsonException {
      List<Json> items = new ArrayList<>();
      nesting++;
      for (var token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        items.add(value(token));
      }
      nesting--;
      return new Json.Arr(items);
    }

    private Json number() throws JsonException {
      var literal = parser.getString();
      try {
        if (!literal.equals("-0")) {
          return new Json.Int(Long.parseLong(literal));
        }
      } catch (NumberFormatException e) {
        // Beyond long: a decimal, where those are allowed.
      }
      return decimal();
    }

    private Json decimal() throws JsonException {
      if (!limits.decimals()) {
        throw new JsonException("a number that is not a whole number within 64 bits");
      }
      return new Json.Decimal(parser.getString());
    }

    private static String whole(String text) throws JsonException {
      for (var i = 0; i < text.length(); i++) {
        var c = text.charAt(i);
        if (c < Character.MIN_SURROGATE) {
          continue;
        }
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else if (Character.isSurrogate(c)) {
          throw new JsonException("a string holds half a surrogate pair");
        }
      }
      return text;
    }
  }
}

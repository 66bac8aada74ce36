package dev.interdict.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads one JSON document strictly: UTF-8 without a byte-order mark, no doubled member, no
/// trailing data, no lone surrogate, all sizes bounded. The library's own defaults let each of
/// these through, and two parties that read the same signed bytes differently is how a signature is
/// got around.
///
/// Thread-safe.
public final class JsonReader {
  private JsonReader() {}

  /// The document in `utf8`.
  ///
  /// @throws JsonException if it is malformed or beyond `limits`
  public static Json read(byte[] utf8, JsonLimits limits) throws JsonException {
    if (utf8.length > limits.bytes()) {
      throw new JsonException(
          "document of " + utf8.length + " bytes, limit is " + limits.bytes() + " bytes");
    }
    var text = decode(utf8);
    try (var parser = factory(limits).createParser(ObjectReadContext.empty(), text)) {
      return new Pass(parser, limits).document();
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw new JsonException(
          "malformed JSON"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
              + ": "
              + kind(e));
    }
  }

  private static String decode(byte[] utf8) throws JsonException {
    if (utf8.length == 0) {
      throw new JsonException("empty document");
    }
    try {
      var text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8))
              .toString();
      if (text.startsWith("\uFEFF")) {
        throw new JsonException("document starts with a byte-order mark");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new JsonException("document is not UTF-8");
    }
  }

  private static JsonFactory factory(JsonLimits limits) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth())
                .maxStringLength(limits.textLength())
                .maxNameLength(limits.textLength())
                .maxNumberLength(100)
                .maxDocumentLength(limits.bytes())
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
    private int values;

    Pass(JsonParser parser, JsonLimits limits) {
      this.parser = parser;
      this.limits = limits;
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
      for (var token = parser.nextToken();
          token != JsonToken.END_OBJECT;
          token = parser.nextToken()) {
        if (token != JsonToken.PROPERTY_NAME) {
          throw new JsonException("malformed JSON: object is not closed");
        }
        var name = whole(parser.currentName());
        members.put(name, value(parser.nextToken()));
      }
      return new Json.Obj(members);
    }

    private Json items() throws JsonException {
      List<Json> items = new ArrayList<>();
      for (var token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        items.add(value(token));
      }
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

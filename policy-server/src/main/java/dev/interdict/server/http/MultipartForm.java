package dev.interdict.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// Reads `multipart/form-data` (RFC 7578), in which browsers send forms with files. A file is a
/// field like any other: its text; what it was called on somebody's machine is not looked at. What
/// is cut off, or is not UTF-8, refuses the request.
final class MultipartForm {
  private static final String TYPE = "multipart/form-data";
  private static final int MOST = 200;
  private static final int HEADER_BYTES = 4 << 10;

  private MultipartForm() {}

  static boolean is(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE);
  }

  /// @param type with its boundary
  static Map<String, List<String>> decode(String type, byte[] body) {
    var boundary = boundary(type);
    var fields = new Fields();
    var parser = new MultiPart.Parser(boundary, fields);
    parser.setMaxParts(MOST);
    parser.setPartHeadersMaxLength(HEADER_BYTES);
    try {
      parser.parse(Content.Chunk.from(ByteBuffer.wrap(body), true));
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
    if (fields.failure != null) {
      throw unreadable(fields.failure);
    }
    if (!fields.complete) {
      throw HttpRequest.refused("the form is cut off");
    }
    return fields.read;
  }

  private static String boundary(String type) {
    try {
      var boundary = MultiPart.extractBoundary(type);
      if (boundary != null && !boundary.isBlank()) {
        return boundary;
      }
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
    throw HttpRequest.refused("a form of parts says what stands between them: boundary=…");
  }

  private static RefusedException unreadable(Throwable why) {
    return why instanceof RefusedException refused
        ? refused
        : HttpRequest.refused("the form of parts cannot be read: " + why.getMessage());
  }

  private static final class Fields extends MultiPart.AbstractPartsListener {
    private final Map<String, List<String>> read = new LinkedHashMap<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private @Nullable Throwable failure;
    private boolean complete;

    @Override
    public void onPartContent(Content.Chunk chunk) {
      var bytes = new byte[chunk.remaining()];
      chunk.get(bytes, 0, bytes.length);
      content.writeBytes(bytes);
    }

    @Override
    public void onPart(@Nullable String name, @Nullable String file, HttpFields headers) {
      if (name == null || name.isEmpty()) {
        throw HttpRequest.refused("a part of the form has no name");
      }
      read.computeIfAbsent(name, _ -> new ArrayList<>()).add(text());
      content.reset();
    }

    private String text() {
      try {
        var text =
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content.toByteArray()));
        // No database of all that we support takes it, not even to compare with.
        if (text.chars().anyMatch(each -> each == 0)) {
          throw HttpRequest.refused("a field holds the character U+0000");
        }
        return text.toString();
      } catch (CharacterCodingException e) {
        throw HttpRequest.refused("a field is not UTF-8");
      }
    }

    @Override
    public void onComplete() {
      complete = true;
    }

    @Override
    public void onFailure(Throwable why) {
      failure = why;
    }
  }
}

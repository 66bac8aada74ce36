package dev.interdict.server.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a CSV file record by record: RFC 4180, lines that end in LF as well, a byte order mark
/// before, no line break at the end of the file needed. Lines that are empty are passed over.
///
/// Splits bytes, then decodes each value: in UTF-8 and GB18030 no part of a longer character looks
/// like a comma, a quote or a line break. So a wrong byte is told with its line. Not thread-safe.
public final class CsvReader {
  /// A longer value is none.
  public static final int LONGEST_VALUE = 4 << 10;

  /// A record of more values is none.
  public static final int MOST_VALUES = 200;

  private static final int END = -1;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final String encoding;
  private long line = 1;
  private boolean begun;
  private int ahead;
  private boolean hasAhead;

  // The record that is being read.
  private final List<String> values = new ArrayList<>();
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private @Nullable String fault;

  /// @param in read to its end, not closed; buffered by the caller
  /// @param charset UTF-8 or GB18030
  public CsvReader(InputStream in, Charset charset) {
    this.in = in;
    this.encoding = charset.name();
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /// The next record, or null at the end.
  public @Nullable CsvRecord next() throws IOException {
    if (!begun) {
      begun = true;
      skipMark();
    }
    while (true) {
      var start = line;
      values.clear();
      if (peek() == END && fault == null) {
        return null;
      }
      record();
      if (fault != null) {
        var why = fault;
        fault = null;
        return new CsvRecord.Bad(start, why);
      }
      if (values.size() > 1 || !values.getFirst().isEmpty()) {
        return new CsvRecord.Values(start, values);
      }
    }
  }

  private void skipMark() throws IOException {
    if (!encoding.equals(StandardCharsets.UTF_8.name()) || peek() != 0xEF) {
      return;
    }
    take();
    if (take() != 0xBB || take() != 0xBF) {
      fault("starts with half a byte order mark");
    }
  }

  /// One record with the line break after it.
  private void record() throws IOException {
    while (true) {
      value.reset();
      if (peek() == '"') {
        take();
        quoted();
      } else {
        plain();
      }
      add();
      if (!more()) {
        return;
      }
    }
  }

  /// Goes past what separates this value from the next one of the record; false at its end.
  private boolean more() throws IOException {
    while (true) {
      var next = take();
      if (next == ',') {
        return true;
      }
      if (next == '\n' || next == END) {
        return false;
      }
      if (next == '\r') {
        if (peek() != '\n') {
          fault("has a carriage return that ends no line");
        }
      } else {
        fault("has text after a closing quote; write a quote within a value twice");
      }
    }
  }

  private void plain() throws IOException {
    while (true) {
      var next = peek();
      if (next == END || next == ',' || next == '\n' || next == '\r') {
        return;
      }
      take();
      if (next == '"') {
        fault("has a quote within a value that is not quoted");
      }
      put(next);
    }
  }

  private void quoted() throws IOException {
    var opened = line;
    while (true) {
      var next = take();
      if (next == END) {
        fault("opens a quote on line " + opened + " that is never closed");
        return;
      }
      if (next == '"') {
        if (peek() != '"') {
          return;
        }
        take();
      }
      put(next);
    }
  }

  private void put(int b) {
    if (value.size() < LONGEST_VALUE) {
      value.write(b);
    } else {
      fault("has a value of more than " + LONGEST_VALUE + " bytes");
    }
  }

  private void add() {
    if (values.size() == MOST_VALUES) {
      fault("has more than " + MOST_VALUES + " values");
      return;
    }
    try {
      values.add(decoder.decode(ByteBuffer.wrap(value.toByteArray())).toString());
    } catch (CharacterCodingException e) {
      fault(
          "is not "
              + encoding
              + (encoding.equals("UTF-8")
                  ? "; if the file is in a Chinese encoding, say --encoding GB18030"
                  : ""));
      values.add("");
    }
  }

  /// The first thing that is wrong is told.
  private void fault(String why) {
    if (fault == null) {
      fault = why;
    }
  }

  private int peek() throws IOException {
    if (!hasAhead) {
      ahead = in.read();
      hasAhead = true;
    }
    return ahead;
  }

  private int take() throws IOException {
    var b = peek();
    hasAhead = false;
    if (b == '\n') {
      line++;
    }
    if (b == 0) {
      fault("holds a NUL");
    }
    return b;
  }
}

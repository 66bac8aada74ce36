package dev.interdict.server.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReaderTest {
  private static final Charset GB18030 = Charset.forName("GB18030");

  private static List<CsvRecord> read(byte[] bytes, Charset charset) throws IOException {
    return read(new ByteArrayInputStream(bytes), charset);
  }

  private static List<CsvRecord> read(InputStream in, Charset charset) throws IOException {
    var reader = new CsvReader(in, charset);
    var records = new ArrayList<CsvRecord>();
    for (var record = reader.next(); record != null; record = reader.next()) {
      records.add(record);
    }
    return records;
  }

  private static List<CsvRecord> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static CsvRecord values(long line, String... values) {
    return new CsvRecord.Values(line, List.of(values));
  }

  private static String why(CsvRecord record) {
    return record instanceof CsvRecord.Bad(var _, var why) ? why : "fine: " + record;
  }

  @Test
  void values_are_what_rfc_4180_says() throws IOException {
    assertEquals(
        List.of(
            values(1, "a", "b"),
            values(2, "x,y", "say \"hi\""),
            values(3, "two\nlines", ""),
            values(6, "=cmd|' /C calc'!A0", "end")),
        read("a,b\r\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\r\n\n=cmd|' /C calc'!A0,end"));
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_first_value() throws IOException {
    assertEquals(List.of(values(1, "serial")), read("\uFEFFserial\n"));
  }

  @Test
  void an_empty_file_has_no_record() throws IOException {
    assertEquals(List.of(), read(""));
    assertEquals(List.of(), read("\n\r\n"));
  }

  @Test
  void each_bad_line_is_named_and_the_next_one_is_read() throws IOException {
    var records = read("a\n\"b\"c,d\ne\"f\ng\u0000h\ni\rj\nk\n");
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), records.stream().map(CsvRecord::line).toList());
    assertTrue(why(records.get(1)).startsWith("has text after a closing quote"));
    assertTrue(why(records.get(2)).startsWith("has a quote within a value"));
    assertEquals("holds a NUL", why(records.get(3)));
    assertEquals("has a carriage return that ends no line", why(records.get(4)));
    assertEquals(values(6, "k"), records.get(5));
  }

  @Test
  void a_quote_that_is_never_closed_is_told_with_its_line() throws IOException {
    var records = read("a\n\"b\nc\nd");
    assertEquals(
        new CsvRecord.Bad(2, "opens a quote on line 2 that is never closed"), records.get(1));
  }

  @Test
  void an_encoding_that_is_not_the_one_that_was_said_is_told_with_its_line() throws IOException {
    var bytes = "部门\n研发\nok\n".getBytes(GB18030);
    var records = read(bytes, StandardCharsets.UTF_8);
    assertTrue(why(records.getFirst()).contains("--encoding GB18030"));
    assertEquals(values(3, "ok"), records.get(2));
    assertEquals(List.of(values(1, "部门"), values(2, "研发"), values(3, "ok")), read(bytes, GB18030));
  }

  @Test
  void bytes_of_gb18030_that_look_like_digits_part_nothing() throws IOException {
    // U+0080 and a character outside the basic plane have four bytes, two of them digits.
    assertEquals(List.of(values(1, "𠀀é", "𠀁")), read("𠀀é,𠀁\n".getBytes(GB18030), GB18030));
  }

  @Test
  void a_value_without_end_is_refused_in_little_memory() throws IOException {
    var endless =
        new InputStream() {
          private int left = 40 << 20;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : left == -1 ? '\n' : -1;
          }
        };
    assertEquals(
        "has a value of more than 4096 bytes",
        why(read(endless, StandardCharsets.UTF_8).getFirst()));
    assertTrue(why(read(",".repeat(300)).getFirst()).startsWith("has more than"));
  }

  @Test
  void whatever_the_bytes_every_line_is_a_record_or_a_reason() throws InterruptedException {
    for (var charset : List.of(StandardCharsets.UTF_8, GB18030)) {
      Fuzz.of("device-list-" + charset.name().toLowerCase(java.util.Locale.ROOT))
          .seeds(
              "\uFEFFserial,hostname\r\nPF1,\"ws-1, \"\"a\"\"\"\n".getBytes(charset),
              "部门,使用人\n研发,\"张\n三\"\n".getBytes(charset))
          .words("\"", "\"\"", ",", "\r\n", "\n", "\r", "\u0000")
          .run(input -> {
            var line = 0L;
            for (var record : read(input, charset)) {
              assertTrue(record.line() > line);
              line = record.line();
              if (record instanceof CsvRecord.Values(var _, var values)) {
                values.forEach(value -> assertTrue(value.length() <= CsvReader.LONGEST_VALUE));
              }
            }
          });
    }
  }
}

package dev.interdict.server.pdf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// What a reader finds in a document that we wrote: its text in the order in which it was written,
/// a line for each piece, and an error where the file is not as it says.
public final class PdfText {
  private static final Pattern STREAM =
      Pattern.compile("<< /Length (\\d+) /Filter /FlateDecode >>\nstream\n");
  private static final Pattern SHOWN =
      Pattern.compile(
          "/(REGULAR|BOLD|CHINESE) [0-9.]+ Tf ([0-9.-]+) ([0-9.-]+) Td <([0-9a-f]*)> Tj");
  private static final Pattern OBJECT = Pattern.compile("(\\d{10}) 00000 n ");

  private PdfText() {}

  public static String of(byte[] file) {
    var text = new StringBuilder();
    var latin = new String(file, StandardCharsets.ISO_8859_1);
    var streams = STREAM.matcher(latin);
    while (streams.find()) {
      var content = inflated(file, streams.end(), Integer.parseInt(streams.group(1)));
      if (!latin.startsWith("\nendstream", streams.end() + Integer.parseInt(streams.group(1)))) {
        throw new AssertionError("a stream is not as long as it says");
      }
      var shown = SHOWN.matcher(content);
      while (shown.find()) {
        var bytes = HexFormat.of().parseHex(shown.group(4));
        var charset =
            shown.group(1).equals("CHINESE")
                ? StandardCharsets.UTF_16BE
                : Charset.forName("windows-1252");
        within(Double.parseDouble(shown.group(2)), PdfPage.WIDTH);
        within(Double.parseDouble(shown.group(3)), PdfPage.HEIGHT);
        text.append(new String(bytes, charset)).append('\n');
      }
    }
    offsets(latin);
    return text.toString();
  }

  private static void within(double at, double most) {
    if (at < 0 || at > most) {
      throw new AssertionError("text beside the page, at " + at);
    }
  }

  /// Every object is where the table at the end says.
  private static void offsets(String file) {
    var table = file.substring(file.lastIndexOf("\nxref\n"));
    var entries = OBJECT.matcher(table);
    var number = 0;
    while (entries.find()) {
      number++;
      if (!file.startsWith(number + " 0 obj\n", Integer.parseInt(entries.group(1)))) {
        throw new AssertionError("object " + number + " is elsewhere");
      }
    }
    if (number == 0 || !file.endsWith("%%EOF\n")) {
      throw new AssertionError("no whole document");
    }
  }

  private static String inflated(byte[] file, int from, int length) {
    var inflater = new Inflater();
    try {
      inflater.setInput(file, from, length);
      var out = new ByteArrayOutputStream();
      var buffer = new byte[8192];
      while (!inflater.finished()) {
        out.write(buffer, 0, inflater.inflate(buffer));
      }
      return out.toString(StandardCharsets.US_ASCII);
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    } finally {
      inflater.end();
    }
  }
}

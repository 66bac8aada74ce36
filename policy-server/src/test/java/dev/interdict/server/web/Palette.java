package dev.interdict.server.web;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/// Pictures of pages with few colours, which are small and as sharp as before: a page is drawn with
/// a handful, and what lies between letters and their ground needs no more than the nearest of
/// them.
final class Palette {
  /// Colours closer than this to one that is in use, as the sum of squares, are taken as it.
  private static final int ALIKE = 300;

  private Palette() {}

  /// @param png a picture
  /// @param most colours that it may have then, 256 at the most
  static byte[] of(byte[] png, int most) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(png));
    var counts = new HashMap<Integer, Integer>();
    for (var y = 0; y < image.getHeight(); y++) {
      for (var x = 0; x < image.getWidth(); x++) {
        counts.merge(image.getRGB(x, y) & 0xffffff, 1, Integer::sum);
      }
    }
    var colours = chosen(counts, most);
    var nearest = new HashMap<Integer, Integer>();
    var model = model(colours);
    var drawn =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    for (var y = 0; y < image.getHeight(); y++) {
      for (var x = 0; x < image.getWidth(); x++) {
        var colour = image.getRGB(x, y) & 0xffffff;
        var index = nearest.computeIfAbsent(colour, each -> nearest(each, colours));
        drawn.getRaster().setSample(x, y, 0, index);
      }
    }
    return written(drawn);
  }

  /// The most frequent ones that differ.
  private static List<Integer> chosen(Map<Integer, Integer> counts, int most) {
    var chosen = new ArrayList<Integer>();
    var seen =
        Comparator.<Map.Entry<Integer, Integer>>comparingLong(
            each -> -(long) each.getValue() * weight(each.getKey()));
    counts.entrySet().stream()
        .sorted(seen.thenComparing(Map.Entry.comparingByKey()))
        .forEach(each -> {
          int colour = each.getKey();
          // Grounds that differ little are many dots each, and stay apart.
          var ground = each.getValue() > 2_000;
          if (chosen.size() < most
              && (ground || chosen.stream().allMatch(other -> apart(colour, other) > ALIKE))) {
            chosen.add(colour);
          }
        });
    return chosen;
  }

  /// A dot of colour tells more than one of grey.
  private static int weight(int colour) {
    var red = colour >> 16;
    var green = colour >> 8 & 0xff;
    var blue = colour & 0xff;
    return 8 + Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
  }

  private static int nearest(int colour, List<Integer> colours) {
    var best = 0;
    for (var i = 1; i < colours.size(); i++) {
      if (apart(colour, colours.get(i)) < apart(colour, colours.get(best))) {
        best = i;
      }
    }
    return best;
  }

  private static int apart(int one, int other) {
    var sum = 0;
    for (var shift = 0; shift <= 16; shift += 8) {
      var by = (one >> shift & 0xff) - (other >> shift & 0xff);
      sum += by * by;
    }
    return sum;
  }

  private static IndexColorModel model(List<Integer> colours) {
    var parts = new byte[3][colours.size()];
    for (var i = 0; i < colours.size(); i++) {
      for (var part = 0; part < 3; part++) {
        parts[part][i] = (byte) (colours.get(i) >> 16 - 8 * part);
      }
    }
    return new IndexColorModel(8, colours.size(), parts[0], parts[1], parts[2]);
  }

  private static byte[] written(BufferedImage image) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("png").next();
    var parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(0);
    var bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}

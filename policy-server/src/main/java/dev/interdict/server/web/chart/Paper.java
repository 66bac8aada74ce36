package dev.interdict.server.web.chart;

import dev.interdict.server.web.chart.Canvas.Spot;
import java.time.Duration;
import java.time.Instant;

/// Where times and counts lie on a drawing; nothing lies beside it.
///
/// @param most the count at the upper edge
record Paper(Size size, Instant from, Instant to, long most) {
  /// Room above the upper edge, for labels.
  static final double TOP = 46;

  private static final double FOOT = 28;
  private static final double MARGIN = 4;

  /// In units of the view box.
  enum Size {
    WIDE(720, 330, 46, 6),
    NARROW(360, 230, 36, 3);

    final double width;
    final double height;
    final double left;

    /// Most times on the axis.
    final int times;

    Size(double width, double height, double left, int times) {
      this.width = width;
      this.height = height;
      this.left = left;
      this.times = times;
    }

    /// The right edge.
    double end() {
      return width - MARGIN;
    }

    /// The lower edge, where the count is 0.
    double floor() {
      return height - FOOT;
    }
  }

  double x(Instant at) {
    var span = Math.max(1, Duration.between(from, to).toMillis());
    var share = Duration.between(from, at).toMillis() / (double) span;
    return Math.clamp(size.left + share * (size.end() - size.left), size.left, size.end());
  }

  double y(long count) {
    return size.floor() - (size.floor() - TOP) * (double) count / most;
  }

  /// A place on the drawing.
  Spot spot(Instant at, long count) {
    return new Spot(x(at), y(count));
  }
}

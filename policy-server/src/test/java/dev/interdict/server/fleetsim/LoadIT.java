package dev.interdict.server.fleetsim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Plays load for a moment, or what `-Dinterdict.load` tells: the command, with the class path that
/// the build made.
class LoadIT {
  private static final String A_MOMENT =
      "--scenario changed --devices 200 --interval PT2S --warm-up 1 --seconds 2 --limits PT0S";

  @Test
  void every_request_of_a_played_fleet_is_answered_well() {
    var told = System.getProperty("interdict.load", A_MOMENT);
    assertEquals(0, Load.run(told.strip().split("\\s+")));
  }
}

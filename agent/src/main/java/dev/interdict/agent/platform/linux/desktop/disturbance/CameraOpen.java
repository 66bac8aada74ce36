package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process of the person holds a camera open, as in a call.
final class CameraOpen implements Disturbance {
  @Override
  public Wish wish() {
    return Wish.CALL;
  }

  @Override
  public boolean now(Session session) throws IOException {
    try (var processes = Files.newDirectoryStream(session.proc(), "[0-9]*")) {
      for (var process : processes) {
        if (OwnProcesses.own(process) && holdsCamera(process)) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean holdsCamera(Path process) {
    try (var open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (var descriptor : open) {
        if (Files.readSymbolicLink(descriptor).toString().startsWith("/dev/video")) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It ended meanwhile, or does not let itself be looked at.
    }
    return false;
  }
}

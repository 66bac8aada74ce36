package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;
import java.io.IOException;

/// The calls that change something on disk, each announced before it is made. Nothing else in this
/// package changes anything, so a test that stops at every announcement has stopped everywhere.
record Acts(Disk disk, Steps steps) {

  void move(Opened from, byte[] name, Opened to, byte[] newName) throws DiskException {
    announce("move");
    disk.move(from, name, to, newName);
  }

  void remove(Opened folder, byte[] name) throws DiskException {
    announce("remove");
    disk.remove(folder, name);
  }

  void removeFolder(Opened folder, byte[] name) throws DiskException {
    announce("remove folder");
    disk.removeFolder(folder, name);
  }

  Opened makeFolder(Opened folder, byte[] name) throws DiskException {
    announce("make folder");
    return disk.makeFolder(folder, name);
  }

  Opened makeFile(Opened folder, byte[] name) throws DiskException {
    announce("make file");
    return disk.makeFile(folder, name);
  }

  void makeLink(Opened folder, byte[] name, byte[] target, Node like) throws DiskException {
    announce("make link");
    disk.makeLink(folder, name, target, like);
  }

  void write(Opened file, byte[] from, int length) throws DiskException {
    announce("write");
    disk.write(file, from, length);
  }

  void dress(Opened made, Node like) throws DiskException {
    announce("dress");
    disk.dress(made, like);
  }

  void sync(Opened opened) throws DiskException {
    announce("sync");
    disk.sync(opened);
  }

  private void announce(String act) throws DiskException {
    try {
      steps.before(act);
    } catch (DiskException e) {
      throw e;
    } catch (IOException e) {
      throw new DiskException(Trouble.OTHER, act, String.valueOf(e.getMessage()));
    }
  }
}

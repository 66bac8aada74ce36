package dev.interdict.agent.platform.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What fstatfs(2) says of the file system that a descriptor lies on.
///
/// @param magic its kind, as in linux/magic.h
/// @param freeBytes that may still be written without privilege
public record FileSystem(long magic, long freeBytes) {

  public static FileSystem of(Fd fd) throws KernelException {
    var struct = new byte[256];
    Kernel.check("fstatfs", () -> Libc.fstatfs(fd.number(), struct));
    var in = ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
    return new FileSystem(in.getLong(0) & 0xffffffffL, in.getLong(32) * in.getLong(8));
  }
}

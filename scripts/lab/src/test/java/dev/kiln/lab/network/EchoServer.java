package dev.kiln.lab.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A program that sends back what one visitor sends. */
final class EchoServer {
  private EchoServer() {}

  /** Takes an address and a port; says when it listens. */
  public static void main(String[] arguments) throws IOException {
    InetAddress address = InetAddress.getByName(arguments[0]);
    try (ServerSocket door = new ServerSocket(Integer.parseInt(arguments[1]), 1, address)) {
      System.out.println("listening");
      try (Socket visitor = door.accept()) {
        visitor.getInputStream().transferTo(visitor.getOutputStream());
      }
    }
  }
}

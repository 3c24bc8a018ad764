package dev.kiln.builder.fetch;

import dev.kiln.builder.fetch.FailedAttempt.Reason;
import dev.kiln.command.BuildVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads http and https addresses (RFC 9110), following redirects by its own rules. */
final class WebSource implements Source {
  private static final int MAX_REDIRECTS = 5;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int PROXY_AUTHENTICATION = 407;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> GIVEN = Set.of(200, 206);
  private static final Set<Integer> ABSENT = Set.of(404, 410);
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
  // RFC 9110 section 14.4.
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");

  private final WebClients clients;
  private final Patience patience;

  WebSource(WebClients clients, Patience patience) {
    this.clients = clients;
    this.patience = patience;
  }

  @Override
  public Body open(URI address, long from) throws FailedAttempt, InterruptedException {
    HttpResponse<InputStream> response =
        follow(address, request -> from > 0 ? request.header("Range", range(from, "")) : request);
    if (response.statusCode() == RANGE_NOT_SATISFIABLE && from > 0) {
      discard(response);
      return open(address, 0);
    }
    return body(response, from);
  }

  /** Some servers refuse HEAD where they would give what it asks about. */
  @Override
  public void look(URI address) throws FailedAttempt, InterruptedException {
    HttpResponse<InputStream> answer =
        ask(address, request -> request.method("HEAD", BodyPublishers.noBody()));
    if (!isGiven(answer) && reason(answer.statusCode()) == Reason.REFUSED) {
      answer = ask(address, request -> request.header("Range", range(0, "0")));
    }
    if (!isGiven(answer)) {
      throw refusal(answer);
    }
  }

  private static boolean isGiven(HttpResponse<InputStream> answer) {
    return GIVEN.contains(answer.statusCode());
  }

  @Override
  public void close() {
    clients.close();
  }

  private HttpResponse<InputStream> ask(URI address, UnaryOperator<HttpRequest.Builder> question)
      throws FailedAttempt, InterruptedException {
    HttpResponse<InputStream> response = follow(address, question);
    discard(response);
    return response;
  }

  /** RFC 9110, section 14.1.2. */
  private static String range(long from, String to) {
    return "bytes=" + from + "-" + to;
  }

  private HttpResponse<InputStream> follow(URI address, UnaryOperator<HttpRequest.Builder> question)
      throws FailedAttempt, InterruptedException {
    URI current = address;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<InputStream> response = send(current, question);
      if (!REDIRECTS.contains(response.statusCode())) {
        return response;
      }
      discard(response);
      current = redirected(current, response);
    }
    throw new FailedAttempt(Reason.REFUSED, "redirects more than " + MAX_REDIRECTS + " times");
  }

  private HttpResponse<InputStream> send(URI address, UnaryOperator<HttpRequest.Builder> question)
      throws FailedAttempt, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(patience.stall())
            .header("User-Agent", "kiln/" + BuildVersion.current())
            // What is stored is wanted: a digest is of those bytes.
            .header("Accept-Encoding", "identity");
    BasicCredentials.of(address).ifPresent(user -> request.header("Authorization", user));
    Optional<EnvironmentProxy> proxy = clients.proxyOf(address);
    proxy
        .flatMap(EnvironmentProxy::credentials)
        .ifPresent(user -> request.header("Proxy-Authorization", user));
    try {
      HttpResponse<InputStream> response =
          clients.of(address).send(question.apply(request).build(), BodyHandlers.ofInputStream());
      refuseWhereTheProxyDoes(response, proxy);
      return response;
    } catch (IOException e) {
      throw ConnectionFailures.explain(e, proxy);
    } catch (IllegalArgumentException e) {
      // The JDK's own way to say that a header is no number.
      FailedAttempt failure = new FailedAttempt(Reason.PASSING, "answers with what is no HTTP", e);
      throw proxy.map(failure::through).orElse(failure);
    }
  }

  /** Only a proxy answers so: what was asked for was not asked. */
  private static void refuseWhereTheProxyDoes(
      HttpResponse<InputStream> response, Optional<EnvironmentProxy> proxy) throws FailedAttempt {
    if (response.statusCode() == PROXY_AUTHENTICATION && proxy.isPresent()) {
      discard(response);
      throw new FailedAttempt(
              Reason.REFUSED,
              proxy.get().credentials().isPresent()
                  ? "refuses the name and password given (407)"
                  : "wants a name and a password (407)")
          .of(proxy.get());
    }
  }

  private Body body(HttpResponse<InputStream> response, long from) throws FailedAttempt {
    return switch (response.statusCode()) {
      case 200 -> new Body(watched(response), 0, length(response));
      case 206 -> part(response, from);
      default -> {
        discard(response);
        throw refusal(response);
      }
    };
  }

  private Body part(HttpResponse<InputStream> response, long from) throws FailedAttempt {
    String header = response.headers().firstValue("Content-Range").orElse("");
    Matcher range = CONTENT_RANGE.matcher(header);
    if (!range.matches() || Long.parseLong(range.group(1)) != from) {
      discard(response);
      throw new FailedAttempt(Reason.REFUSED, "answered with a range nobody asked for");
    }
    String whole = range.group(2);
    OptionalLong total =
        whole.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(whole));
    return new Body(watched(response), from, total);
  }

  private static OptionalLong length(HttpResponse<InputStream> response) {
    String length = response.headers().firstValue("Content-Length").orElse("");
    return length.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(length))
        : OptionalLong.empty();
  }

  private static FailedAttempt refusal(HttpResponse<InputStream> response) {
    int status = response.statusCode();
    if (status == 401 && BasicCredentials.of(response.uri()).isPresent()) {
      return new FailedAttempt(Reason.REFUSED, "refuses the name and password given");
    }
    String meaning =
        switch (status) {
          case 401, 403 -> ": it may not be read from here";
          case 404, 410 -> ": it is not there";
          case 429 -> ": it is asked too often";
          default -> "";
        };
    return new FailedAttempt(reason(status), "answered " + status + meaning);
  }

  private static Reason reason(int status) {
    if (ABSENT.contains(status)) {
      return Reason.ABSENT;
    }
    return PASSING.contains(status) ? Reason.PASSING : Reason.REFUSED;
  }

  private static URI redirected(URI from, HttpResponse<InputStream> response) throws FailedAttempt {
    String location = response.headers().firstValue("Location").orElse("");
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new FailedAttempt(Reason.REFUSED, "redirects to what is no address", e);
    }
    if (location.isEmpty() || !Addresses.isWeb(to) || to.getHost() == null) {
      throw new FailedAttempt(Reason.REFUSED, "redirects to what is no web address");
    }
    if (Addresses.scheme(from).equals("https") && Addresses.scheme(to).equals("http")) {
      throw new FailedAttempt(
          Reason.REFUSED, "redirects from https to http, which would give up its protection");
    }
    return to;
  }

  private InputStream watched(HttpResponse<InputStream> response) {
    return new StallGuard(response.body(), patience.stall());
  }

  private static void discard(HttpResponse<InputStream> response) {
    // None where a proxy answered in place of the host.
    try (@Nullable InputStream body = response.body()) {
      // It is closed, and not read.
    } catch (IOException e) {
      // The connection is given up; that is all a close can do here.
    }
  }
}

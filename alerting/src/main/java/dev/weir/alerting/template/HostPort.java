package dev.weir.alerting.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the port or the domain from {@code host:port}, {@code [host]:port} or a host alone. */
final class HostPort {
    private static final Pattern SPLIT = Pattern.compile("(?:\\[([^\\[\\]]*)\\]|([^:\\[\\]]*)):([^:\\[\\]]*)");
    private static final Pattern IP_V4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IP_V6 =
            Pattern.compile("[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?:(?<=:)[0-9.]+)?");

    private HostPort() {}

    static String withoutPort(String hostPort) {
        Matcher split = SPLIT.matcher(hostPort);
        return split.matches() ? host(split) : hostPort;
    }

    /** The first name of the host, with its port; an address stays as it is. */
    static String withoutDomain(String hostPort) {
        Matcher split = SPLIT.matcher(hostPort);
        boolean hasPort = split.matches();
        String host = hasPort ? host(split) : hostPort;
        if (IP_V4.matcher(host).matches() || IP_V6.matcher(host).matches()) {
            return hostPort;
        }
        int dot = host.indexOf('.');
        String name = dot < 0 ? host : host.substring(0, dot);
        if (!hasPort || split.group(3).isEmpty()) {
            return name;
        }
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + split.group(3);
    }

    private static String host(Matcher split) {
        return split.group(1) == null ? split.group(2) : split.group(1);
    }
}

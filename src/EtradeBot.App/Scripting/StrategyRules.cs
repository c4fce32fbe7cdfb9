using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EtradeBot.App.Scripting;

/// <summary>
/// What a strategy file may name: numbers, collections and this program's candles. No files, network, threads, clock or unseeded chance,
/// so that the same candles always give the same decisions. This keeps honest people from mistakes; it is no sandbox.
/// </summary>
static class StrategyRules
{
    static readonly HashSet<string> Namespaces =
    [
        "System", "System.Collections", "System.Collections.Generic", "System.Collections.ObjectModel", "System.Diagnostics.CodeAnalysis",
        "System.Globalization", "System.Linq", "System.Numerics", "System.Text",
        "EtradeBot.Analysis", "EtradeBot.Market", "EtradeBot.Strategies", "EtradeBot.Trading",
    ];

    /// <summary>Types of the namespace System that reach the machine, other code or chance.</summary>
    static readonly HashSet<string> Types =
    [
        "System.Activator", "System.AppContext", "System.AppDomain", "System.Console", "System.Environment", "System.GC", "System.Guid",
        "System.TimeProvider", "System.TimeZoneInfo", "System.Type",
    ];

    /// <summary>The clock and unseeded chance.</summary>
    static readonly HashSet<string> Members =
    [
        "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTime.Today", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow",
        "System.Random.Shared", "System.Random.Random()",
    ];

    static readonly SymbolDisplayFormat FullName = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeParameters,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType);

    /// <summary>The first forbidden name of each line.</summary>
    public static IEnumerable<(Location Location, string Text)> Broken(SemanticModel model)
    {
        var lines = new HashSet<int>();
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes(n => n is not UsingDirectiveSyntax))
        {
            if (node is not (SimpleNameSyntax or BaseObjectCreationExpressionSyntax)) continue;
            if (model.GetSymbolInfo(node).Symbol is not { } symbol || Forbidden(symbol) is not { } name) continue;
            var location = node.GetLocation();
            if (lines.Add(location.GetLineSpan().StartLinePosition.Line))
                yield return (location, $"a strategy may not use {name}: it sees candles and nothing else, so that the same candles always give the same result");
        }
    }

    static string? Forbidden(ISymbol symbol)
    {
        if (symbol is ITypeSymbol type) return ForbiddenType(type);
        if (symbol is not (IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol)) return null;
        var name = symbol.OriginalDefinition.ToDisplayString(FullName);
        if (Members.Contains(name)) return name;
        return ForbiddenType(symbol.ContainingType) ?? ForbiddenType(symbol switch
        {
            IMethodSymbol method => method.ReturnType,
            IPropertySymbol property => property.Type,
            IFieldSymbol field => field.Type,
            _ => null,
        });
    }

    static string? ForbiddenType(ITypeSymbol? type)
    {
        if (type is IArrayTypeSymbol array) return ForbiddenType(array.ElementType);
        // What the file declares itself lies in no referenced assembly.
        if (type is not INamedTypeSymbol { ContainingNamespace: { } space } named || named.DeclaringSyntaxReferences.Length > 0 || named.IsAnonymousType) return null;
        var name = named.OriginalDefinition.ToDisplayString(FullName);
        return Types.Contains(name) || !Namespaces.Contains(space.ToDisplayString()) ? name : null;
    }
}

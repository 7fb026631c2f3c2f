/** Our look, told to the component library. */
import { type ThemeConfig, theme } from 'antd';
import { FONT_FAMILY } from './font.ts';
import { DARK, LIGHT } from './palette.ts';

export function themeOf({ scheme, isLarge }: { readonly scheme: 'light' | 'dark'; readonly isLarge: boolean }): ThemeConfig {
  const colors = scheme === 'dark' ? DARK : LIGHT;
  return {
    algorithm: scheme === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: 'bh' },
    hashed: false,
    token: {
      fontFamily: FONT_FAMILY,
      fontSize: isLarge ? 16 : 14,
      lineHeight: 1.6,
      borderRadius: 6,
      wireframe: false,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
      colorPrimary: colors.primary,
      colorPrimaryHover: colors.primaryHover,
      colorPrimaryActive: colors.primaryHover,
      colorPrimaryBg: colors.bgSelected,
      colorPrimaryBgHover: colors.bgSelected,
      colorPrimaryText: colors.link,
      colorLink: colors.link,
      colorLinkHover: colors.primaryHover,
      colorInfo: colors.info,
      colorInfoBg: colors.infoBg,
      colorSuccess: colors.success,
      colorSuccessBg: colors.successBg,
      colorWarning: colors.warning,
      colorWarningBg: colors.warningBg,
      colorError: colors.danger,
      colorErrorBg: colors.dangerBg,
      colorErrorHover: colors.danger,
      colorText: colors.text,
      colorTextHeading: colors.text,
      colorTextSecondary: colors.textSecondary,
      colorTextTertiary: colors.textSecondary,
      colorTextDescription: colors.textSecondary,
      colorTextPlaceholder: colors.textSecondary,
      colorTextLightSolid: colors.onPrimary,
      colorBgContainer: colors.bg,
      colorBgElevated: colors.bgRaised,
      colorBgLayout: colors.bgSubtle,
      colorBorder: colors.border,
      colorBorderSecondary: colors.border,
      colorSplit: colors.border,
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
        defaultBorderColor: colors.borderStrong,
      },
      Input: { colorBorder: colors.borderStrong },
      InputNumber: { colorBorder: colors.borderStrong },
      Select: { colorBorder: colors.borderStrong },
      DatePicker: { colorBorder: colors.borderStrong },
      Checkbox: { colorWhite: colors.onPrimary, colorBorder: colors.borderStrong },
      Radio: { colorBorder: colors.borderStrong },
      Tooltip: {
        colorTextLightSolid: scheme === 'dark' ? colors.text : '#ffffff',
        colorBgSpotlight: scheme === 'dark' ? '#33474d' : '#1d353b',
      },
      Tabs: { horizontalItemPadding: '10px 0', titleFontSize: isLarge ? 16 : 14 },
      Modal: { titleFontSize: isLarge ? 18 : 16 },
    },
  };
}
